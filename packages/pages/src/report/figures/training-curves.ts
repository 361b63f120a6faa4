import { counted, metric } from '@chromaray/base';
import * as Plot from '@observablehq/plot';
import type { ReportArm, ReportEpoch } from '../report-input.js';
import { draw, slug } from './draw.js';
import type { Figure, FigureGroup } from './figure.js';
import { dashed, fontSize, ink, panelWidth } from './ink.js';
import { panelTitle, rightNote, ring, spoken, tick, upNote } from './marks.js';

/** One panel per arm that has an epoch behind it; all panels share their axes, so that they can be compared. */
export function trainingCurves(arms: readonly ReportArm[]): FigureGroup {
  const drawable = arms.filter((arm) => arm.trials.some((trial) => trial.epochs.length > 0));
  const epochs = drawable.flatMap((arm) => arm.trials.flatMap((trial) => trial.epochs));
  const scales = {
    epochs: Math.max(2, ...epochs.map((epoch) => epoch.epoch)),
    loss: lossCeiling(epochs),
    accuracy: accuracyFloor(epochs),
  };
  const cut = epochs.some((epoch) => Math.max(epoch.trainLoss, epoch.validationLoss ?? 0) > scales.loss);
  return {
    caption: 'Loss (above) and accuracy (below) per epoch.',
    marks:
      'Solid blue, validation part; dashed orange, training part. Thin lines, one network each (a seed); thick lines, the ' +
      'mean of the finished ones over the epochs that all of them ran; circles, the epoch whose weights were tested. A ' +
      'validation loss that rises while the training loss falls is overfitting.' +
      (cut ? ' Losses above the axis are drawn at its upper end.' : ''),
    figures: drawable.map((arm) => trainingCurve(arm, scales)),
  };
}

interface Scales {
  readonly epochs: number;
  readonly loss: number;
  readonly accuracy: number;
}

type Measure = 'trainLoss' | 'validationLoss' | 'trainAccuracy' | 'validationAccuracy';

function trainingCurve(arm: ReportArm, scales: Scales): Figure {
  const begun = arm.trials.filter((trial) => trial.epochs.length > 0);
  const last = begun.map((trial) => trial.epochs.at(-1)?.epoch ?? 0);
  return draw({
    name: `training-${slug(arm.name)}`,
    title: `Training of ${arm.name}`,
    description: `Loss and accuracy of ${counted(begun.length, 'network')}, up to epoch ${Math.max(...last)}.`,
    plots: [
      curves(arm, 'loss', 'trainLoss', 'validationLoss', [0, scales.loss], scales.epochs, true),
      curves(arm, 'accuracy', 'trainAccuracy', 'validationAccuracy', [scales.accuracy, 1], scales.epochs, false),
    ],
  });
}

function curves(
  arm: ReportArm,
  label: string,
  train: Measure,
  validation: Measure,
  domain: readonly [number, number],
  epochs: number,
  first: boolean,
) {
  const begun = arm.trials.filter((trial) => trial.epochs.length > 0);
  const many = begun.length > 1;
  const height = first ? 196 : 200;
  const margins = { marginLeft: 44, marginRight: 76, marginTop: first ? 48 : 30, marginBottom: first ? 22 : 44 };
  const thin = (measure: Measure, stroke: string) =>
    begun.map((trial) =>
      Plot.line(trial.epochs, {
        x: 'epoch',
        y: measure,
        stroke,
        strokeWidth: 0.8,
        strokeOpacity: 0.5,
        ...(measure === train ? { strokeDasharray: dashed } : {}),
      }),
    );
  const means = { train: meanCurve(arm, train), validation: meanCurve(arm, validation) };
  const ends = apart(
    [
      { text: 'validation', fill: ink.blue, point: means.validation.at(-1) },
      { text: 'training', fill: ink.vermilionText, point: means.train.at(-1) },
    ].flatMap(({ text, fill, point }) => (point === undefined ? [] : [{ text, fill, ...point }])),
    ((domain[1] - domain[0]) * 15) / (height - margins.marginTop - margins.marginBottom),
    domain,
  );
  const selected = begun.flatMap((trial) => trial.epochs.filter((epoch) => epoch.epoch === trial.selectedEpoch));
  return {
    width: panelWidth,
    height,
    ...margins,
    x: { domain: [1, epochs], label: null },
    y: { domain: [...domain], clamp: true, label: null },
    marks: [
      Plot.gridY({ ticks: 4, stroke: ink.grid, strokeOpacity: 1 }),
      Plot.axisY({ ticks: 4, tickFormat: tick, fontSize, color: ink.frame, fill: ink.text, tickSize: 0 }),
      Plot.axisX({
        ticks: epochTicks(epochs),
        tickFormat: first ? () => '' : (epoch: number) => String(epoch),
        fontSize,
        color: ink.frame,
        fill: ink.text,
      }),
      ...(many ? [...thin(train, ink.vermilion), ...thin(validation, ink.blue)] : []),
      Plot.line(means.train, {
        x: 'epoch',
        y: 'value',
        stroke: ink.vermilion,
        strokeWidth: 2.2,
        strokeDasharray: dashed,
      }),
      Plot.line(means.validation, { x: 'epoch', y: 'value', stroke: ink.blue, strokeWidth: 2.6 }),
      ring(selected, { x: 'epoch', y: validation }),
      Plot.text(ends, {
        x: 'epoch',
        y: 'value',
        text: 'text',
        fill: 'fill',
        stroke: ink.paper,
        strokeWidth: 4,
        textAnchor: 'start',
        dx: 6,
      }),
      spoken(means.validation, { x: 'epoch', y: 'value', title: said('validation', label) }),
      spoken(means.train, { x: 'epoch', y: 'value', title: said('training', label) }),
      first ? panelTitle(arm.name) : rightNote('epoch'),
      upNote(label),
    ],
  };
}

function said(part: string, label: string): (point: CurvePoint) => string {
  return ({ epoch, value }) => `epoch ${epoch}: ${part} ${label} ${metric(value)}`;
}

interface CurvePoint {
  readonly epoch: number;
  readonly value: number;
}

/**
 * The mean over the finished trials, or over all that have begun where none has finished, as far as all of
 * them got: a mean over the survivors of early stopping would mislead.
 */
function meanCurve(arm: ReportArm, measure: Measure): CurvePoint[] {
  const begun = arm.trials.filter((trial) => trial.epochs.length > 0);
  const finished = begun.filter((trial) => trial.state === 'finished');
  const averaged = finished.length > 0 ? finished : begun;
  const length = Math.min(...averaged.map((trial) => trial.epochs.length));
  return Array.from({ length }, (_, i) => ({
    epoch: averaged[0]?.epochs[i]?.epoch ?? i + 1,
    value: mean(averaged.map((trial) => trial.epochs[i]?.[measure] ?? null)),
  }));
}

/** A number that one of them lacks has no mean: the line has a gap there. */
function mean(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? Number.NaN), 0) / values.length;
}

/** Moves labels apart that would overlap, keeping their order and staying inside the frame. */
function apart<T extends CurvePoint>(
  labels: readonly T[],
  distance: number,
  [low, high]: readonly [number, number],
): T[] {
  const clamped = labels.map((label) => ({ ...label, value: Math.min(high, Math.max(low, label.value)) }));
  const [lower, upper] = [...clamped].sort((a, b) => a.value - b.value);
  if (lower === undefined || upper === undefined || upper.value - lower.value >= distance) return clamped;
  const middle = Math.min(high - distance / 2, Math.max(low + distance / 2, (lower.value + upper.value) / 2));
  return [
    { ...lower, value: middle - distance / 2 },
    { ...upper, value: middle + distance / 2 },
  ];
}

/** The highest loss, unless a few wild epochs would flatten all others: then somewhat above the 95th percentile. */
function lossCeiling(epochs: readonly ReportEpoch[]): number {
  const losses = epochs
    .flatMap((epoch) => [epoch.trainLoss, epoch.validationLoss])
    .filter(isMeasured)
    .sort((a, b) => a - b);
  const highest = losses.at(-1) ?? 1;
  const usual = losses[Math.floor(0.95 * (losses.length - 1))] ?? highest;
  return (highest > 3 * usual ? 1.5 * usual : highest) || 1;
}

function isMeasured(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

function accuracyFloor(epochs: readonly ReportEpoch[]): number {
  const lowest = Math.min(
    ...epochs.flatMap((epoch) => [epoch.trainAccuracy, epoch.validationAccuracy]).filter(isMeasured),
    0.9,
  );
  return Math.max(0, Math.floor(lowest * 10) / 10);
}

/** The first epoch and a few round ones. */
function epochTicks(epochs: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((candidate) => epochs / candidate <= 5) ?? 1000;
  const round = Array.from({ length: Math.floor(epochs / step) }, (_, i) => (i + 1) * step);
  return [1, ...round.filter((epoch) => epoch > 1)];
}
