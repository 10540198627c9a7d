package touchstone.extension;

import java.awt.image.BufferedImage;
import org.apache.commons.math3.linear.RealMatrix;
import org.knowm.xchart.internal.chartpart.Chart;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;
import touchstone.claims.Claims;
import touchstone.claims.ClaimsTable;
import touchstone.kernel.Extension;
import touchstone.kernel.display.Renderers;
import touchstone.kernel.magic.Magics;
import touchstone.viz.Picture;

/** Teaches the kernel to show the library's objects and those of the libraries it builds on. */
public final class TouchstoneExtension implements Extension {
    @Override
    public void install(Renderers renderers, Magics magics) {
        renderers.register(Table.class, Tables::render);
        renderers.register(Chart.class, Images::render);
        renderers.register(Picture.class, Images::render);
        renderers.register(BufferedImage.class, Images::render);
        renderers.register(INDArray.class, Matrices::render);
        renderers.register(RealMatrix.class, Matrices::render);
        renderers.register(ClaimsTable.class, ClaimTables::render);
        renderers.register(Claims.class, (claims, bundle) -> ClaimTables.render(claims.show(), bundle));
        renderers.register(Record.class, Records::render);
    }
}
