namespace Samples.Paper.Running;

/// <summary>The history of a training run.</summary>
/// <param name="Losses">Mean training loss of each epoch.</param>
/// <param name="Seconds">Duration in seconds.</param>
internal sealed record TrainingHistory(IReadOnlyList<double> Losses, double Seconds)
{
    /// <summary>Before the first epoch.</summary>
    public static TrainingHistory None { get; } = new([], 0);
}
