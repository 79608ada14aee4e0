"""Reducing, waiving and putting off fees (减、免、缓、分期; R-49 to R-51, rules.md 3.6, P14).

Nobody decides alone: what is asked for rests on a basis from a list, the department, the finance office and the committee have
said what they think, and who decides follows from the payer's whole year (D6). What was paid is not waived afterwards.
"""
