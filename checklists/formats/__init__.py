"""In which other forms can a standard and a checklist be read?"""
