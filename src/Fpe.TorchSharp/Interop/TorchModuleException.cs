namespace Fpe.Torch;

/// <summary>A TorchSharp module and a model do not fit each other.</summary>
public sealed class TorchModuleException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What does not fit, and the fix.</param>
    public TorchModuleException(string message)
        : base(message)
    {
    }
}
