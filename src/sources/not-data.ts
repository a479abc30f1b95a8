import { InputError } from '../errors.ts';

/** A file that is no data of a known format. Wrong where it was named, to be passed over where it lies in a folder. */
export class NotData extends InputError {}
