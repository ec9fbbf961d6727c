"""Words that councillors and papers use for the same thing, and words that exclude each other."""

from __future__ import annotations

from assistant.terms import stem, terms

# Each line holds words that a question and a paper use for one another. General council and
# school vocabulary, from domain knowledge and not from any one paper; a word stands in one line.
_ALIKE = """
national nationally england english country
councillor cllr member
child pupil student kid youngster
teenager adolescent
school academy
headteacher head
chair chairman chairperson chairwoman
cost price spend expenditure
money funding fund finance
grant allocation
overspend overspent overrun
saving saved efficiency
staff workforce employee worker
house home household housing dwelling
road highway
bin waste rubbish refuse
bus transport
pensioner elderly older
doctor gp
job employment employed
hire recruit recruitment appoint
quit leave resign left
start begin commence launch
end finish close
fall drop decrease decline reduce reduction
rise increase grow growth
improve improvement better
worse worsen deteriorate slip
goal target aim
absence absent attendance missing
exclude exclusion suspend suspension
big large
share percentage proportion rate
often frequently regularly
meet meeting
inspect inspection ofsted
foster fostering carer
disabled disability disabilities
poor deprived disadvantaged
boy male men man
girl female women woman
under-fives early
hospital discharge
talk consult consultation discuss
ask request
check scrutinise scrutiny review
rule policy
late delay delayed
boss director
job post role
gcse ks4
sats ks2
reception eyfs
"""

ALIKE: dict[str, tuple[str, ...]] = {}
for _line in _ALIKE.strip().splitlines():
    _stems = list(dict.fromkeys(stem(word) for word in _line.split()))
    for _one in _stems:
        ALIKE[_one] = (*ALIKE.get(_one, ()), *(other for other in _stems if other != _one))

# Each line holds two words of which a figure is of one and so not of the other.
_OPPOSED = """
primary secondary
boy girl
male female
men women
revenue capital
highest lowest
maximum minimum
urban rural
north south
east west
full-time part-time
permanent temporary
increase decrease
gross net
income expenditure
internal external
opening closing
weekday weekend
indoor outdoor
paid unpaid
planned unplanned
authorised unauthorised
inpatient outpatient
"""

OPPOSED: dict[str, str] = {}
for _line in _OPPOSED.strip().splitlines():
    _one, _other = (stem(word) for word in _line.split())
    OPPOSED |= {_one: _other, _other: _one}

# Each line holds things of which a figure is of one only; behind commas, other words for the same.
_EXCLUSIVE = """
reading | writing | maths, mathematics | gps, grammar, spag | science | phonics
ks1, key stage 1 | ks2, key stage 2, key stage 1 2 | ks3, key stage 3 | ks4, key stage 4, gcse | ks5
expected standard | higher standard, greater depth
adult | child, children
autumn | spring | summer | winter
general reserves | earmarked reserves
bus | rail
"""

EXCLUSIVE: tuple[tuple[tuple[str, ...], ...], ...] = tuple(
    tuple(
        tuple(f" {' '.join(terms(phrase))} " for phrase in one.split(", "))
        for one in line.split(" | ")
    )
    for line in _EXCLUSIVE.strip().splitlines()
)
