import type { Finding } from '@chromaray/contracts';
import { useCallback, useMemo } from 'react';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { PictureGrid } from '../../kit/picture-grid/picture-grid.js';
import { EvidenceTable } from './evidence-table.js';
import { useExclusions } from './exclusions.js';
import { useQuery } from './query.js';
import { type RecordPage, recordSource } from './record-source.js';

interface FindingPicturesProps {
  readonly dataset: string;
  readonly finding: Finding;
}

/** The pictures that a finding concerns, and what it says of each; files that are no records have no picture. */
export function FindingPictures({ dataset, finding: { id, title, evidence } }: FindingPicturesProps) {
  const { change } = useQuery();
  const { byRecord } = useExclusions();
  const { answer, fault, again } = useAsked<RecordPage>(`/datasets/${dataset}/records`, { finding: id, limit: 1 });
  const total = answer?.total ?? 0;
  const source = useMemo(() => recordSource(dataset, { finding: id }, total), [dataset, id, total]);
  const markOf = useCallback((record: string) => (byRecord.has(record) ? 'excluded' : undefined), [byRecord]);
  if (fault !== undefined) return <Failure error={fault} again={again} />;
  return (
    <>
      <EvidenceTable evidence={evidence} />
      {total > 0 && (
        <PictureGrid
          label={title}
          source={source}
          markOf={markOf}
          onOpen={(picture) => change({ picture: picture.id, finding: id, window: undefined })}
        />
      )}
    </>
  );
}
