"""How are things kept, on SQLite and on PostgreSQL alike?"""
