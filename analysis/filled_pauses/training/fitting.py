"""Fits the two linear parts of the detector. Convex, so the same material gives the same numbers."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

PROBE_PENALTY = 1e-3
"""Strength of the L2 penalty on the probe's weights for states of unit variance."""
EVIDENCE_PENALTY = 3e-3
_ITERATIONS = 100


def fit_logistic(
    inputs: NDArray[np.float32], labels: NDArray[np.bool_], shares: NDArray[np.float32], penalty: float
) -> tuple[NDArray[np.float64], float]:
    """Weights and bias of a logistic regression.

    Args:
        inputs: shape (n, d).
        labels: shape (n,).
        shares: shape (n,), how much each row counts; they need not sum to 1.
        penalty: of the squared weights, for inputs of unit variance.

    Returns:
        Weights of shape (d,) and a bias, for the inputs as they were given.
    """
    mean, deviation = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
    scaled = (inputs - mean) / deviation
    share = (shares / shares.sum()).astype(np.float32)
    target = labels.astype(np.float32)

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = parameters[:-1].astype(np.float32)
        odds = scaled @ weights + np.float32(parameters[-1])
        value = float(share @ np.logaddexp(0, np.where(labels, -odds, odds)))
        slope = share * (expit(odds) - target)
        gradient = np.append(scaled.T @ slope + penalty * weights, slope.sum())
        return value + 0.5 * penalty * float(weights @ weights), gradient.astype(np.float64)

    best = minimize(
        loss, np.zeros(inputs.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS}
    ).x
    weights = best[:-1] / deviation
    return weights, float(best[-1] - weights @ mean)


def even_shares(labels: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Shares by which both labels count the same in sum."""
    positive = max(1, int(labels.sum()))
    negative = max(1, len(labels) - int(labels.sum()))
    return np.where(labels, 0.5 / positive, 0.5 / negative).astype(np.float32)
