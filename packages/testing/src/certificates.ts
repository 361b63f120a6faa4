import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** A certificate that its holder signed himself, and its key: files in PEM form. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** Why no certificate can be made here; undefined when one can. A test puts it in its name. */
export const opensslMissing = hasOpenssl() ? undefined : 'needs openssl';

/** Makes a certificate in `folder`. @param names it is for, such as `DNS:localhost,IP:127.0.0.1` */
export function testCertificate(folder: string, name: string, names = 'DNS:localhost,IP:127.0.0.1'): TestCertificate {
  const [cert, key] = [path.join(folder, `${name}.pem`), path.join(folder, `${name}.key`)];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const args = ['req', '-x509', ...kind, '-keyout', key, '-out', cert, '-subj', `/CN=${name}`];
  execFileSync('openssl', [...args, '-addext', `subjectAltName=${names}`], { stdio: 'ignore' });
  return { cert, key };
}

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
