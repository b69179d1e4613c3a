namespace Fpe;

/// <summary>
/// Specifies how the width of a layer depends on the widths of the values that it reads after layers below have been expanded.
/// </summary>
public enum OutputUnits
{
    /// <summary>The layer has its own neurons and reads values of any width.</summary>
    Own,

    /// <summary>One unit for each unit of its input; several inputs have the same units.</summary>
    OfInput,

    /// <summary>One unit for each unit of its first input; the other inputs say which of its places count.</summary>
    OfFirstInput,

    /// <summary>The concatenated units of all its inputs.</summary>
    OfAllInputs,

    /// <summary>As declared; the layer cannot read expanded values.</summary>
    Declared,
}
