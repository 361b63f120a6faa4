import type { GradientSpecification } from '../backends/backend.js';
import { modelForBatch } from '../backends/gradient-graph.js';
import { GraphBuilder } from '../builder/builder.js';
import type { Model } from '../graph/types.js';
import { type FeatureMap, findFeatureMap } from './feature-map.js';
import { findLogit } from './logit.js';
import { rectifyBeforePooling } from './rectify-first.js';

/** Which gradient Grad-CAM needs of a model, for exactly `batch` examples. @throws ChromarayError as `GradCam.load` */
export function gradCamPlan(
  model: Model,
  batch: number,
  unit: number,
): { readonly specification: GradientSpecification; readonly featureMap: FeatureMap } {
  const { graph, ...rest } = modelForBatch(model, batch);
  const bound = { ...rest, graph: rectifyBeforePooling(graph) };
  const types = GraphBuilder.from(bound.graph, bound.opsets.get('')!);
  const logit = findLogit(bound.graph, types);
  const featureMap = findFeatureMap(bound.graph, types, logit);
  return { specification: { model: bound, output: logit, unit, wrt: featureMap.name }, featureMap };
}
