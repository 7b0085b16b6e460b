/** Under which column of the user's file a feature is shown: of a `FeatureOrigin`, or of a feature from the past. */
export interface ColumnOrigin {
  readonly feature: string;
  readonly column: string;
}
