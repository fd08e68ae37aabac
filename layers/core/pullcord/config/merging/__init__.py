"""Deep merge, `extends` and `!reference`: from several maps to one."""
