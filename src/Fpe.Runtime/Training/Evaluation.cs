namespace Fpe.Training;

/// <summary>How well a model does on a data set.</summary>
/// <param name="Loss">Mean loss.</param>
/// <param name="Accuracy">Right answers, from 0 to 1; null where the loss knows no right answer.</param>
public readonly record struct Evaluation(double Loss, double? Accuracy);
