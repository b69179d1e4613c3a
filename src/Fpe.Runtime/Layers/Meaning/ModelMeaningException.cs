namespace Fpe;

/// <summary>Thrown when the task, names or standardisation of a model do not fit it; the model is unchanged.</summary>
public sealed class ModelMeaningException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="model">The model.</param>
    /// <param name="problem">What does not fit, the numbers and the fix.</param>
    public ModelMeaningException(string model, string problem)
        : base($"{model}: {problem}")
    {
    }
}
