namespace Fpe.Fuzz.Running;

/// <summary>What came of feeding a reader.</summary>
/// <param name="Inputs">Files it was given.</param>
/// <param name="Accepted">How many of them it read without an error: damage that leaves a valid file.</param>
/// <param name="Errors">How often each declared error was reported.</param>
/// <param name="LargestAllocation">The most bytes that one file made it allocate.</param>
/// <param name="LargestShareOfBound">The same as a share of the file's bound, at most 1.</param>
/// <param name="Slowest">The longest time one file took.</param>
public sealed record FuzzResult(
    long Inputs, long Accepted, IReadOnlyDictionary<string, long> Errors, long LargestAllocation, double LargestShareOfBound, TimeSpan Slowest);
