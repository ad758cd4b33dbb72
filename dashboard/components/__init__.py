"""What the contents of pages are made of: rows read of a board, tables, sentences put together, fragments of HTML. Only ``page`` draws."""
