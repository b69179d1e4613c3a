namespace Samples.DigitsService;

/// <summary>How many predictions there were, and the bytes that they allocated.</summary>
internal sealed record AllocationCount(long Predictions, long Bytes);
