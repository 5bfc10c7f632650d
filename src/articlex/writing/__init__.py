"""The forms an article record is written in: one module a form, all of them plain functions of the record."""
