"""Checks of unit 05: an archive of letters read, looked at, dealt out and searched for copies."""

from helpers.checks.notmnist_curation.copies import overlap
from helpers.checks.notmnist_curation.counting import class_table
from helpers.checks.notmnist_curation.group_splitting import split_by_group
from helpers.checks.notmnist_curation.label_noise import suspects
from helpers.checks.notmnist_curation.leaking import conclusion, leakage
from helpers.checks.notmnist_curation.learning import learning_curve
from helpers.checks.notmnist_curation.looking import contact_sheet
from helpers.checks.notmnist_curation.near_copies import near
from helpers.checks.notmnist_curation.reading import letter_image, read_letters
from helpers.checks.notmnist_curation.safety import safe_members, sha256_of
from helpers.checks.notmnist_curation.saving import normalise, save_letters
from helpers.checks.notmnist_curation.splitting import split

# In the order of the unit.
__all__ = [  # noqa: RUF022
    "letter_image",
    "read_letters",
    "contact_sheet",
    "class_table",
    "split",
    "overlap",
    "near",
    "learning_curve",
    "leakage",
    "conclusion",
    "split_by_group",
    "suspects",
    "sha256_of",
    "safe_members",
    "normalise",
    "save_letters",
]
