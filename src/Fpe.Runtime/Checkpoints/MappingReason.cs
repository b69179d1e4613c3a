namespace Fpe.Checkpoints;

/// <summary>Specifies why a tensor of a file belongs to a parameter of a model.</summary>
public enum MappingReason
{
    /// <summary>The map that was passed says so, for this tensor or for another one of its module.</summary>
    Map,

    /// <summary>The names are equal.</summary>
    Name,

    /// <summary>No other module of the file has these shapes, and no other layer of the model.</summary>
    Shape,

    /// <summary>Several modules and as many layers have these shapes, and follow each other in one order.</summary>
    Order,

    /// <summary>The file has no tensor, because its module has no bias: the parameter becomes 0, which computes the same.</summary>
    Zero,

    /// <summary>The model does not need the tensor: the map leaves it out, or it only counts batches.</summary>
    LeftOut,
}
