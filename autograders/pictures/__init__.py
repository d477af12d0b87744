"""Pictures that learners make: composed here from a design, or made elsewhere and opened here, and then measured.

What Pillow touches runs in the sealed short-lived process of the practice AI's media; a grade is given by the
measurements (`models.Picture`), so that no grader ever opens a learner's file.
"""
