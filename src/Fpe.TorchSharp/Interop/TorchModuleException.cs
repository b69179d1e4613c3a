namespace Fpe.Torch;

/// <summary>Thrown when a TorchSharp module and a model do not match.</summary>
public sealed class TorchModuleException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">The mismatch and the fix.</param>
    public TorchModuleException(string message)
        : base(message)
    {
    }
}
