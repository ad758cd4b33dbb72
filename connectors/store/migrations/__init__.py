"""The steps that bring a database to the tables of this version. Each is frozen once released: a change is one more step."""
