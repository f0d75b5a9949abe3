"""Roles: which office or rank a text itself gives to whom ("Defence Minister Adilbek Dzhaksybekov")."""
