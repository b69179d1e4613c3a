namespace Fpe;

/// <summary>
/// Thrown when a call would change a model that another call is using, or use a model that another call is changing. The model is unchanged
/// and the other call is not affected.
/// </summary>
public sealed class ModelInUseException : InvalidOperationException
{
    private const string OwnThreadFix = "observers and data sources may read the model, but not change it.";
    private const string OtherThreadFix = "wait until that call has returned, or use a copy of the model, made with To(device).";

    internal ModelInUseException(string model, ModelUse wanted, ModelUse present, bool isOwnThread)
        : base($"{model} cannot {wanted.Action}: it is {present.Activity}; {(isOwnThread ? OwnThreadFix : OtherThreadFix)}")
    {
        Model = model;
    }

    /// <summary>Name of the model.</summary>
    public string Model { get; }
}
