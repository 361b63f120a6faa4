import { floatAttribute, intAttribute } from '../../../graph/attributes.js';
import type { Kernel } from '../compile/compilation.js';
import { floatsOf } from '../plan/program-builder.js';
import { activationOf, onlyConsumer } from './activation.js';

/** Batch normalisation by the batch's own statistics or by given ones, together with the ReLU behind it. */
export const batchNormalization: Kernel = (node, c) => {
  const [input, scaleName, shiftName, meanName, varianceName] = node.inputs as [string, string, string, string, string];
  const output = node.outputs[0]!;
  if (!node.inputs.every((name) => c.has(name)) || c.wants(meanName) || c.wants(varianceName)) return false;
  const { scope, program } = c;
  const byBatch = intAttribute(node, 'training_mode', 0) === 1;
  const next = onlyConsumer(output, c);
  const relu = next !== undefined && next.opType === 'Relu' && activationOf(next, c) !== undefined;
  const wantsGradient = c.wants(input) || c.wants(scaleName) || c.wants(shiftName);
  const x = c.value(input);
  const shared = {
    source: x.descriptor,
    epsilon: floatAttribute(node, 'epsilon', 1e-5),
    globalStatistics: !byBatch,
    relu,
  };
  const forward = scope.describe({ ...shared, kind: 'batch-normalization', training: wantsGradient || byBatch });
  const backward = wantsGradient
    ? scope.describe({ ...shared, kind: 'batch-normalization-gradient', forward })
    : undefined;

  if (relu) c.absorb(next, 'both');
  const channels = [x.dims[1]!];
  const vector = scope.plain(channels);
  const statistic = (name: string) =>
    byBatch ? program.value(channels, 'float32', vector, { kept: true }) : c.value(name);
  const [mean, variance] = [statistic(meanName), statistic(varianceName)];
  const [scale, shift] = [c.value(scaleName), c.value(shiftName)];
  const y = program.value(x.dims, x.type, x.descriptor);
  const rectified =
    relu && backward !== undefined ? { workspace: program.bytes(scope.layout(forward, 'workspace')) } : {};
  program.run('BatchNormalization', forward, {
    ...{ source: x, mean, variance, scale, shift, destination: y },
    ...rectified,
  });
  c.define(output, y);

  if (byBatch) {
    const kept = floatAttribute(node, 'momentum', 0.9);
    const renewed = [
      [c.value(meanName), mean],
      [c.value(varianceName), variance],
    ] as const;
    c.afterStep.push(() => {
      for (const [running, ofBatch] of renewed) {
        const [old, now] = [floatsOf(running), floatsOf(ofBatch)];
        for (let i = 0; i < old.length; i++) old[i] = old[i]! * kept + now[i]! * (1 - kept);
      }
    });
  }

  c.onBackward(() => {
    const dy = c.gradient(output);
    if (dy === undefined || backward === undefined) return;
    const dx = program.value(x.dims, x.type, x.descriptor);
    const dScale = program.value(channels, 'float32', vector);
    const dShift = program.value(channels, 'float32', vector);
    program.run('BatchNormalization gradient', backward, {
      // 2.x wants the shift here too; 3.x does not look at it.
      ...{ source: x, mean, variance, scale, shift, ...rectified },
      destinationGradient: program.convert(dy, x.descriptor, x.type),
      ...{ sourceGradient: dx, scaleGradient: dScale, shiftGradient: dShift },
    });
    if (c.wants(input)) c.addGradient(input, dx);
    if (c.wants(scaleName)) c.addGradient(scaleName, dScale);
    if (c.wants(shiftName)) c.addGradient(shiftName, dShift);
  });
  return true;
};
