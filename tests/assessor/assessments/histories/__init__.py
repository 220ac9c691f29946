"""The pieces of a random history of assessments; `test_histories` plays it."""
