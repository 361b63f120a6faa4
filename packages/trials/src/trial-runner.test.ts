import { trialRunnerConformance } from '@chromaray/testing/trial-runner-conformance';
import { childProcessRunner } from './child-process-runner.js';
import { inProcessRunner } from './in-process-runner.js';

trialRunnerConformance({ name: 'in this process', make: inProcessRunner, afterSignal: 'stops' });
trialRunnerConformance({ name: 'in a process of its own', make: childProcessRunner, afterSignal: 'stops' });
