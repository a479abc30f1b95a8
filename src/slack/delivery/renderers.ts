import { sizesPicture } from './picture.ts';
import { renderAlert } from './render-alert.ts';
import { renderDigest } from './render-digest.ts';
import { renderProposal } from './render-proposal.ts';
import type { Renderers } from './renderer.ts';

export function renderers(): Renderers {
  const picture = sizesPicture();
  return { digest: renderDigest(picture), alert: renderAlert(picture), proposal: renderProposal };
}
