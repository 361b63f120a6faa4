import { expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { auditSchema } from './schemas/audit.js';
import type { behaviourSchema } from './schemas/behaviour.js';
import type { evaluationSchema } from './schemas/evaluation.js';
import type { explanationSchema } from './schemas/explanation.js';
import type { manifestSchema } from './schemas/manifest.js';
import type { readerAnalysisSchema } from './schemas/reader-analysis.js';
import type { readerCasesSchema, readerRegistrationSchema } from './schemas/reader-registration.js';
import type { registrationSchema } from './schemas/registration.js';
import type { replicationSchema } from './schemas/replication.js';
import type { runSchema } from './schemas/run.js';
import type { tuningSchema } from './schemas/tuning.js';
import type { verdictSchema } from './schemas/verdict.js';
import type { Artefacts } from './table.js';

type Mutable<T> = unknown extends T ? T : T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T;

// Checked by the compiler: a field that one of the two lacks, or has of another type, does not compile.
it('schemas say the same as the types', () => {
  expectTypeOf<z.infer<typeof auditSchema>>().toEqualTypeOf<Mutable<Artefacts['audit']>>();
  expectTypeOf<z.infer<typeof behaviourSchema>>().toEqualTypeOf<Mutable<Artefacts['behaviour']>>();
  expectTypeOf<z.infer<typeof evaluationSchema>>().toEqualTypeOf<Mutable<Artefacts['evaluation']>>();
  expectTypeOf<z.infer<typeof explanationSchema>>().toEqualTypeOf<Mutable<Artefacts['explanation']>>();
  expectTypeOf<z.infer<typeof manifestSchema>>().toEqualTypeOf<Mutable<Artefacts['manifest']>>();
  expectTypeOf<z.infer<typeof readerAnalysisSchema>>().toEqualTypeOf<Mutable<Artefacts['readers']>>();
  expectTypeOf<z.infer<typeof readerCasesSchema>>().toEqualTypeOf<Mutable<Artefacts['readerCases']>>();
  expectTypeOf<z.infer<typeof readerRegistrationSchema>>().toEqualTypeOf<Mutable<Artefacts['readerRegistration']>>();
  expectTypeOf<z.infer<typeof registrationSchema>>().toEqualTypeOf<Mutable<Artefacts['registration']>>();
  expectTypeOf<z.infer<typeof replicationSchema>>().toEqualTypeOf<Mutable<Artefacts['replicate']>>();
  expectTypeOf<z.infer<typeof runSchema>>().toEqualTypeOf<Mutable<Artefacts['run']>>();
  expectTypeOf<z.infer<typeof tuningSchema>>().toEqualTypeOf<Mutable<Artefacts['tuning']>>();
  expectTypeOf<z.infer<typeof verdictSchema>>().toEqualTypeOf<Mutable<Artefacts['verdict']>>();
});
