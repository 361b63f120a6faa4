"""Writes the reference values for factorials: main effects and interactions of simulated values by least squares in statsmodels,
with deviations from the first level (treatment coding) averaged over the other factors, and, for factors of two levels, by sum
coding with its standard errors and p values.

    python packages/evidence/test/reference/make_factorial_fixtures.py
"""

import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels
import statsmodels.formula.api as smf
from patsy import build_design_matrices
from statsmodels.stats.anova import anova_lm

OUT = Path(__file__).resolve().parent.parent / "fixtures" / "factorial.json"


def study(levels, seeds, rng):
    cells = list(itertools.product(*[range(n) for n in levels]))
    means = 0.85 + 0.03 * rng.standard_normal(len(cells))
    values = means[:, None] + 0.01 * rng.standard_normal((len(cells), seeds))
    rows = [dict({f"f{i}": level for i, level in enumerate(cell)}, y=y) for cell, own in zip(cells, values) for y in own]
    return cells, values, pd.DataFrame(rows)


def effects(levels, data):
    """Every effect as a linear hypothesis about the cell means of the saturated model, tested by statsmodels."""
    names = [f"f{i}" for i in range(len(levels))]
    model = smf.ols("y ~ " + " * ".join(f"C({name})" for name in names), data).fit()
    spec = model.model.data.model_spec

    def row(cell):
        return np.asarray(build_design_matrices([spec], pd.DataFrame([dict(zip(names, cell))]))[0])[0]

    def mean(fixed):
        free = [range(n) if i not in fixed else [fixed[i]] for i, n in enumerate(levels)]
        return np.mean([row(cell) for cell in itertools.product(*free)], axis=0)

    found = []

    def add(factors, own, contrast):
        test = model.t_test(contrast)
        found.append(
            dict(factors=factors, levels=own, effect=float(np.ravel(test.effect)[0]), se=float(np.ravel(test.sd)[0]), p=float(np.ravel(test.pvalue)[0]))
        )

    for a in range(len(levels)):
        for i in range(1, levels[a]):
            add([a], [i], mean({a: i}) - mean({a: 0}))
    for a, b in itertools.combinations(range(len(levels)), 2):
        for i in range(1, levels[a]):
            for j in range(1, levels[b]):
                add([a, b], [i, j], mean({a: i, b: j}) - mean({a: 0, b: j}) - mean({a: i, b: 0}) + mean({a: 0, b: 0}))
    return found, float(model.df_resid)


def sum_coded(levels, data):
    """F tests of a factorial of two-level factors by sum coding (type III)."""
    formula = "y ~ " + " * ".join(f"C(f{i}, Sum)" for i in range(len(levels)))
    table = anova_lm(smf.ols(formula, data).fit(), typ=3)
    return {
        name.replace("C(", "").replace(", Sum)", ""): dict(F=float(line["F"]), p=float(line["PR(>F)"]))
        for name, line in table.iterrows()
        if name.startswith("C(")
    }


def main():
    rng = np.random.default_rng(20261129)
    cases = []
    for levels, seeds in (([2, 2], 3), ([2, 2, 2], 2), ([3, 2], 4), ([2, 3, 4], 3), ([4, 3], 5)):
        cells, values, data = study(levels, seeds, rng)
        found, degrees = effects(levels, data)
        one = dict(levels=levels, seeds=seeds, values=values.tolist(), effects=found, residualDegrees=degrees)
        if set(levels) == {2}:
            one["sumCoded"] = sum_coded(levels, data)
        cases.append(one)
    OUT.write_text(json.dumps(dict(statsmodels=statsmodels.__version__, numpy=np.__version__, cases=cases), indent=1) + "\n")


main()
