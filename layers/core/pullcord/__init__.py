"""Pullcord: GitLab-compatible pipeline triggers. Imports in this package only go down; see the room table in the README."""
