namespace Fpe.Training;

/// <summary>The performance of a model on a data set.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Accuracy">The fraction of correct answers, from 0 to 1; null if the loss does not define correct answers.</param>
public readonly record struct Evaluation(double Loss, double? Accuracy);
