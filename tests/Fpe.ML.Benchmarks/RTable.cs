namespace Fpe.ML.Benchmarks;

/// <summary>A table that a package of R has, which Debian distributes: it is not in this repository.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Package">The package of Debian.</param>
/// <param name="Expression">The table, in R.</param>
internal sealed record RTable(string File, string Package, string Expression)
{
    /// <summary>The applicants for credit.</summary>
    public static RTable Credit { get; } = new("credit.csv", "r-cran-modeldata", "{ data(credit_data, package = \"modeldata\"); credit_data }");

    /// <summary>The diamonds.</summary>
    public static RTable Diamonds { get; } = new("diamonds.csv", "r-cran-ggplot2", "ggplot2::diamonds");

    /// <summary>Finds the file.</summary>
    /// <exception cref="FileNotFoundException">It is not there; the message is the command that writes it.</exception>
    public string In(string folder)
    {
        string path = Path.Combine(folder, File);
        return System.IO.File.Exists(path) ? path : throw new FileNotFoundException(
            $"{path} is missing; write it: apt-get install -y --no-install-recommends {Package} && Rscript -e 'write.csv({Expression}, \"{path}\", row.names = FALSE, na = \"\")'", path);
    }
}
