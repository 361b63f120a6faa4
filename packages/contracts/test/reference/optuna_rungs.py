"""The epochs after which Optuna's SuccessiveHalvingPruner decides, for `tuneRungs`.

    pip install optuna==5.0.0
    python packages/contracts/test/reference/optuna_rungs.py > packages/contracts/test/reference/optuna-rungs.json

The pruner notes in each trial which rungs it has completed; the first epoch at which a note is there is the rung's.
"""
import json
import optuna

optuna.logging.set_verbosity(optuna.logging.WARNING)


def rungs(reduction: int, epochs: int) -> list[int]:
    pruner = optuna.pruners.SuccessiveHalvingPruner(min_resource=1, reduction_factor=reduction)
    study = optuna.create_study(direction="maximize", pruner=pruner)
    trial = study.ask()
    found, known = [], 0
    for epoch in range(1, epochs + 1):
        trial.report(0.5, epoch)
        trial.should_prune()
        attrs = study.trials[trial.number].system_attrs
        now = sum(1 for key in attrs if key.startswith("completed_rung_"))
        if now > known:
            found.append(epoch)
            known = now
    return found


cases = [(3, 27), (3, 81), (2, 16), (4, 64)]
print(json.dumps({"optuna": optuna.__version__, "cases": [
    {"reduction": r, "epochs": e, "rungs": rungs(r, e)} for r, e in cases]}, indent=2))
