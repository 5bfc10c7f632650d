"""The version that every record carries: library and rules, so that archives know what made them."""

LIBRARY_VERSION = "0.1.0"
RULES_VERSION = "1"
"""Raised with every change of rules or weights that can change a record."""
VERSION = f"articlex {LIBRARY_VERSION} rules {RULES_VERSION}"
