"""How does what others wrote become a checklist of ours?"""
