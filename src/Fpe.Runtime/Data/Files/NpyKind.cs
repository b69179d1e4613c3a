namespace Fpe.Data.Files;

/// <summary>Specifies the kinds of elements in array files; the values are NumPy's letters.</summary>
public enum NpyKind
{
    /// <summary>Booleans of one byte each: 0 for false, anything else for true, which is read as 1.</summary>
    Boolean = 'b',

    /// <summary>Signed integers.</summary>
    Signed = 'i',

    /// <summary>Unsigned integers.</summary>
    Unsigned = 'u',

    /// <summary>Floating-point numbers, IEEE 754.</summary>
    Float = 'f',

    /// <summary>Texts of a fixed number of characters, of 4 bytes each; shorter ones are filled with zeros.</summary>
    Text = 'U',
}
