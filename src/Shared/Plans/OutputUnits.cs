namespace Fpe;

/// <summary>How the width of a layer follows the widths of the values that it reads, once layers below have been expanded.</summary>
public enum OutputUnits
{
    /// <summary>The layer has neurons of its own, and reads values of any width.</summary>
    Own,

    /// <summary>One unit for each unit of its input; several inputs have the same units.</summary>
    OfInput,

    /// <summary>The units of all its inputs, one input after the other.</summary>
    OfAllInputs,

    /// <summary>As declared: the layer cannot read values that were expanded.</summary>
    Declared,
}
