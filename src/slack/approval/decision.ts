export { decideProposal } from '../../decide-proposal.ts';
