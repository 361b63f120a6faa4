import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { Namespace, Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';

const folder = fileURLToPath(new URL('../examples/kubernetes', import.meta.url));
const kinds: Readonly<Record<string, new (data: never) => { validate(): void }>> = {
  'apps/v1 Deployment': Deployment,
  'apps/v1 StatefulSet': StatefulSet,
  'batch/v1 Job': Job,
  'networking.k8s.io/v1 NetworkPolicy': NetworkPolicy,
  'v1 Namespace': Namespace,
  'v1 Service': Service,
};

type Manifest = { readonly apiVersion: string; readonly kind: string; readonly metadata: { readonly name: string } };
// biome-ignore lint/suspicious/noExplicitAny: manifests are looked into at many places
type Any = any;

const manifests = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) =>
    parseAllDocuments(readFileSync(path.join(folder, name), 'utf8')).map((one) => one.toJS() as Manifest),
  )
  .map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest] as const);
const byName = new Map<string, Any>(manifests);

function isValid(manifest: Any): boolean {
  try {
    new kinds[`${manifest.apiVersion} ${manifest.kind}`]!(manifest as never).validate();
    return true;
  } catch {
    return false;
  }
}

/** Places of all values of a document. */
function places(value: Any, at: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (value === null || typeof value !== 'object') return at.length === 0 ? [] : [at];
  const keys = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value);
  return [...(at.length === 0 ? [] : [at]), ...keys.flatMap((key) => places(value[key], [...at, key]))];
}

function replaced(document: Any, [key, ...rest]: readonly (string | number)[], value: unknown): Any {
  if (key === undefined) return value;
  const copy = Array.isArray(document) ? [...document] : { ...document };
  copy[key] = replaced(document[key], rest, value);
  return copy;
}

describe.each(manifests)('%s', (_, manifest) => {
  it('is what the schema of Kubernetes asks for', () => {
    const kind = kinds[`${manifest.apiVersion} ${manifest.kind}`];
    expect(kind, `${manifest.apiVersion} ${manifest.kind} is not known`).toBeDefined();
    new kind!(manifest as never).validate();
  });

  it('has no key that Kubernetes does not know: it would be passed over', () => {
    // The schemas let unknown keys pass. A key that they know refuses a value of some other type.
    const unknown = places(manifest).filter((at) =>
      [{ x: [[]] }, [[]], 'x'].every((value) => isValid(replaced(manifest, at, value))),
    );
    expect(unknown.map((at) => at.join('.'))).toEqual([]);
  });
});

it('a misspelled key in a manifest would be found', () => {
  const workers = byName.get('Deployment worker');
  const wrong = replaced(workers, ['spec', 'template', 'spec', 'terminationGracePeriod'], 5);
  expect(isValid(wrong)).toBe(true);
  expect(isValid(replaced(wrong, ['spec', 'template', 'spec', 'terminationGracePeriod'], { x: [[]] }))).toBe(true);
});

describe.each(['Deployment worker', 'Job worker-once'])('the pods of %s', (name) => {
  const pod = byName.get(name).spec.template.spec;
  const [container] = pod.containers;
  const option = (of: string): string => container.args[container.args.indexOf(of) + 1];

  it('promise their trials no more than they are given', () => {
    const { requests, limits } = container.resources;
    expect(requests).toMatchObject(limits);
    expect(Number(option('--memory'))).toBeLessThanOrEqual(Number.parseInt(limits.memory, 10) - 1);
    expect(limits.memory).toMatch(/^\d+Gi$/);
    expect(Number(option('--threads'))).toBeLessThanOrEqual(Number(limits.cpu));
  });

  it('have time to put checkpoints away', () => {
    // A trial that is stopped has a minute for its checkpoint.
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(60);
  });

  it('have no rights, and no secret in their arguments', () => {
    expect(pod).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
    expect(pod.securityContext.runAsUser).toBeGreaterThan(0);
    expect(container.securityContext).toMatchObject({
      ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
      capabilities: { drop: ['ALL'] },
    });
    const secret = /QUEUE|KEY|TOKEN|PASSWORD/;
    for (const variable of container.env.filter((one: Any) => secret.test(one.name)))
      expect(variable.valueFrom.secretKeyRef.name).toBe('chromaray');
    expect(container.args.join(' ')).not.toMatch(/redis:|postgres:/);
  });

  it('look where the worker writes that it is alive, and write only where a volume is', () => {
    const work = option('--folder');
    expect(container.livenessProbe.exec.command.join(' ')).toContain(`find ${work}/alive `);
    const mounts = container.volumeMounts.map(({ mountPath }: Any) => mountPath);
    expect(mounts.sort()).toEqual(['/tmp', work].sort());
    expect(pod.volumes.map((volume: Any) => volume.name).sort()).toEqual(
      container.volumeMounts.map((mount: Any) => mount.name).sort(),
    );
  });
});

it('are selected by the labels that they have', () => {
  for (const [, manifest] of manifests as readonly (readonly [string, Any])[]) {
    const { selector, template } = manifest.spec ?? {};
    if (selector?.matchLabels && template) expect(template.metadata.labels).toMatchObject(selector.matchLabels);
  }
  const redis = byName.get('StatefulSet redis').spec.template;
  expect(redis.metadata.labels).toMatchObject(byName.get('Service redis').spec.selector);
});
