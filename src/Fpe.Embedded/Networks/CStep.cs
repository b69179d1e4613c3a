using Fpe.Embedded.Source;

namespace Fpe.Embedded.Networks;

/// <summary>A function of the generated file that makes one value of another.</summary>
/// <param name="layer">The layer that it computes.</param>
/// <param name="identifier">The layer's name in C.</param>
/// <param name="width">The number of values that it writes.</param>
internal abstract class CStep(string layer, string identifier, int width)
{
    /// <summary>The layer that it computes.</summary>
    public string Layer => layer;

    /// <summary>The layer's name in C.</summary>
    public string Identifier => identifier;

    /// <summary>The number of values that it writes.</summary>
    public int Width => width;

    /// <summary>Whether it may overwrite what it reads.</summary>
    public virtual bool WorksInPlace => true;

    /// <summary>What it is, in the words of a comment.</summary>
    public abstract string Description { get; }

    /// <summary>Its tables.</summary>
    public abstract IReadOnlyList<CTable> Tables { get; }

    /// <summary>The number of weights of the model in its tables.</summary>
    public virtual long Weights => 0;

    /// <summary>The number of products of weights and values.</summary>
    public virtual long MultiplyAdds => 0;

    /// <summary>The functions of C that it calls, besides those of the file.</summary>
    public virtual IEnumerable<CFunction> Functions => [];

    /// <summary>The type of what it writes, if that is not the type of the values between layers.</summary>
    public virtual string? OutputType => null;

    /// <summary>Writes the statements of the function, which read <c>x</c> and write <c>y</c>.</summary>
    public abstract void WriteBody(CWriter text);
}
