/** Why a package cannot be used, in words that follow its name. */
export class NotLoaded extends Error {}
