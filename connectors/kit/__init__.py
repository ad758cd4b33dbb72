"""What a partner is given before its first delivery: a view and a role for its database, or a workbook to fill, and a page of words."""
