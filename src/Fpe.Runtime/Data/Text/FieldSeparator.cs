namespace Fpe.Data.Text;

/// <summary>What separates the fields of a line.</summary>
public enum FieldSeparator
{
    /// <summary>Tabs; all other characters, quotes included, belong to the fields.</summary>
    Tab,

    /// <summary>Commas; a field in quotes can contain commas, and a quote if it is written twice.</summary>
    Comma,
}
