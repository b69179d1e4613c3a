namespace Fpe.Data.Files;

/// <summary>The kinds of numbers in array files; the values are NumPy's letters.</summary>
public enum NpyKind
{
    /// <summary>Booleans, a byte each: 0 for false, anything else for true, which is read as 1.</summary>
    Boolean = 'b',

    /// <summary>Integers with a sign.</summary>
    Signed = 'i',

    /// <summary>Integers without a sign.</summary>
    Unsigned = 'u',

    /// <summary>Floating-point numbers, IEEE 754.</summary>
    Float = 'f',
}
