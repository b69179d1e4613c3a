namespace Fpe.Embedded.Export;

/// <summary>What a function of the generated header does.</summary>
internal enum PublicFunctionKind
{
    /// <summary>Turns a sample as it was measured into what the network reads.</summary>
    Prepare,

    /// <summary>Computes the network.</summary>
    Run,

    /// <summary>Makes numbers of the sums that a network in bytes has computed.</summary>
    Outputs,

    /// <summary>Returns the class that a network has computed.</summary>
    Class,
}
